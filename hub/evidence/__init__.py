"""Evidence of the exchange: what was received and sent, in a hash chain, sealed by signature, provable offline.

``recorder`` writes an entry with the change it belongs to; ``sealing`` links entries into the chain of their partition
and signs the Merkle root of each batch; ``stamping`` asks a time-stamp authority; ``package`` carries what proves one
message away; ``verifying`` needs nothing but that package, and ``inspection`` reads the whole chain.
"""
