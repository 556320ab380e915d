"""名录: jurisdictions, units, collective wordings, coordination bodies and liaisons, kept by the operator as files.

A folder says what the register is to be; the import finds how it differs from what stands and writes that.
"""
