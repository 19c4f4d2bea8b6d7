package io.signalbox.bench;

import java.util.List;

/**
 * A line of the catalogue.
 *
 * @param id what the report and {@code --only} call it
 * @param what one line for a person
 * @param unit what one turn is
 * @param subject the name in {@code Subjects}
 * @param baselines names of subjects to compare with; where there are several, the fastest in this run is taken
 * @param goalRatioP50 the ratio of medians that must not be exceeded, or null where the row only reports
 * @param quick whether {@code --quick} runs it
 */
record Row(
        String id,
        String what,
        String unit,
        String subject,
        List<String> baselines,
        Double goalRatioP50,
        boolean quick) {}
