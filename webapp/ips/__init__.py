"""The medical profile as an International Patient Summary (HL7 FHIR R4), out and in."""
