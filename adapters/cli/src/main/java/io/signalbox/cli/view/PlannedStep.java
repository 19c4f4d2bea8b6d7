package io.signalbox.cli.view;

import java.util.List;

/**
 * A step of the workflow file.
 *
 * @param id as in the file
 * @param needs ids of the steps before it
 * @param isForeach whether it runs as instances {@code id[0]}, {@code id[1]} ...
 */
public record PlannedStep(String id, List<String> needs, boolean isForeach) {
    public PlannedStep {
        needs = List.copyOf(needs);
    }
}
