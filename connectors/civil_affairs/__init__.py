"""C6: civil affairs (民政婚姻登记), told of ended marriages: a sealed file each month, receipts back."""
