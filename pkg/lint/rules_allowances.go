package lint

import (
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// What these look for is found in [Checker.allowed], after all other rules.

var unusedAllowance = Rule{
	ID: ruleUnused, Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "what is allowed does not occur",
	Why:     "It would hide the finding if it came back.",
	Ground:  complaint("Linters of code have the same rule, such as nolintlint: a suppression that covers nothing is not taken out unasked."),
	Bad: `allow:
  - {rule: tiny-weight, because: One of them is asked for its own sake.}
`,
	Good: `review_by: 2020-01-31
allow:
  - {rule: stale-rubric, because: It is kept for procurements that started before then.}
`,
}

var expiredAllowance = Rule{
	ID: ruleExpired, Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "the last day of an allowance has passed",
	Why:     "It no longer covers anything: what it covered is found again beside it.",
	Ground:  language,
	Bad: `allow:
  - {rule: tiny-weight, because: It is asked for its own sake., until: 2020-01-31}
`,
	Good: `review_by: 2020-01-31
allow:
  - {rule: stale-rubric, because: The next version is being written., until: 2099-01-31}
`,
}

var unknownRule = Rule{
	ID: ruleNoRule, Severity: diag.Error, Kind: rubric.Kind,
	Summary: "an allowance names a rule that is not there, or cannot be allowed",
	Why:     "It covers nothing. Rules about form cannot be allowed: a file that breaks one cannot be scored.",
	Ground:  language,
	Bad: `allow:
  - {rule: small-weight, because: One of them is asked for its own sake.}
`,
	Good: `review_by: 2020-01-31
allow:
  - {rule: stale-rubric, because: It is kept for procurements that started before then.}
`,
}
