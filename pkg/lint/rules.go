package lint

// rubricRules are those about rubrics that compile.
func rubricRules() []Rule {
	return []Rule{
		tinyWeight, heavyWeight, weightsOffHundred, doubledTarget,
		gateCannotFail, gateCannotPass, gateImplied, gateWithoutOtherwise, weightAndGate, gateOnClaim, thresholdBetweenLevels,
		capWithoutEffect, bandAtTheTop, deadBand,
		constantCondition, unaskedFact, vanishingGroup, unusedWord,
		levelWithoutDescriptor, levelsAlike, vagueLevel, copiedLevel,
		noQuestion, twoQuestions, leadingQuestion, repeatedText, unfinishedText,
		agelessEvidence, longAge, unshownBest, missingAdvice, missingDuty, openNA, flagWithoutClears, relativePrice,
		staleRubric, outOfForce, retiredRubric, retiredReference, untracedCriterion, unsignedRubric, untestedCriterion,
	}
}

// recordRules are those about records.
func recordRules() []Rule {
	return []Rule{shortReason, uncitedEvidence, futureEvidence, noLocator, undatedEvidence, repeatedEvidence, bareClaim, unfinishedRecord}
}

// referenceRules are those about references.
func referenceRules() []Rule { return []Rule{unsourcedReference} }

// allowanceRules are those about what files allow.
func allowanceRules() []Rule { return []Rule{unusedAllowance, expiredAllowance, unknownRule} }
