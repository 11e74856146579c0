package score_test

import "github.com/touchstone-health/touchstone/pkg/diag"

// placeless is the place of what stands in no file.
var placeless = diag.Place{File: "test"}
