import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lets the workflow go on when enough of the generated tests have passed; otherwise names those that failed. */
public final class QualityGate {
    private QualityGate() {}

    public static void main(final String[] args) {
        final JsonNode verdict = new JsonMapper().readTree(args[0]);
        final BigDecimal threshold = threshold(args[1]);
        final int passed = verdict.get("passed").intValue();
        final int failed = verdict.get("failed").intValue();
        final BigDecimal all = BigDecimal.valueOf(passed + failed);
        final boolean met = all.signum() > 0 && BigDecimal.valueOf(passed).compareTo(threshold.multiply(all)) >= 0;
        final String rate = all.signum() == 0
                ? "no tests"
                : BigDecimal.valueOf(passed * 100L).divide(all, 2, RoundingMode.DOWN) + " % of " + all
                        + " tests passed";
        for (final JsonNode failure : verdict.get("failures")) {
            System.err.println("failed: " + failure.get("test").stringValue() + ": "
                    + failure.get("why").stringValue());
        }
        if (failed > verdict.get("failures").size()) {
            System.err.println("and " + (failed - verdict.get("failures").size()) + " more");
        }
        if (!met) {
            System.err.println("quality gate: " + rate + ", the input 'threshold' asks for " + threshold
                    + ". Correct the generator of what failed, or the contract.");
            System.exit(1);
        }
        System.out.println(rate + ", threshold " + threshold);
    }

    private static BigDecimal threshold(final String text) {
        try {
            final BigDecimal threshold = new BigDecimal(text);
            if (threshold.signum() >= 0 && threshold.compareTo(BigDecimal.ONE) <= 0) {
                return threshold;
            }
        } catch (final NumberFormatException e) {
            System.err.println("not a number: " + e.getMessage());
        }
        System.err.println("input 'threshold': expected a number from 0 to 1, found \"" + text + "\".");
        System.exit(1);
        throw new IllegalStateException("not reached");
    }
}
