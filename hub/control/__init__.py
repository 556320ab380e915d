"""Asset controls (财产控制): what a query found is frozen, renewed, released or taken, in the order of the law."""
