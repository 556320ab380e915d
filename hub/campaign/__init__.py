"""Special enforcement campaigns (专项行动): cases of banks, recoveries of courts, figures frozen at a cut-off."""
