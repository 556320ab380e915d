"""Each duty of the founding notices as a scenario through public interfaces; ``register.tsv`` lists all of them."""
