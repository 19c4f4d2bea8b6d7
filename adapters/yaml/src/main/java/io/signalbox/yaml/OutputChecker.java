package io.signalbox.yaml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No two outputs of a file may have the same path, and none may lie inside another. */
final class OutputChecker {
    private final Problems problems;

    OutputChecker(final Problems problems) {
        this.problems = problems;
    }

    void check(final List<StepDraft> drafts) {
        final Map<String, String> owners = new HashMap<>();
        for (final StepDraft draft : drafts) {
            draft.step().outputs().forEach((name, path) -> {
                final String owner =
                        "output '" + name + "' of step '" + draft.step().id() + "'";
                final String before = path.isEmpty() ? null : owners.putIfAbsent(path, owner);
                if (before != null) {
                    problems.add(
                            draft.outputNodes().get(name),
                            owner + " has the same path as " + before + ", '" + JsonText.cut(path)
                                    + "'; take another path");
                }
            });
        }
        for (final StepDraft draft : drafts) {
            draft.step().outputs().forEach((name, path) -> refuseInside(draft, name, path, owners));
        }
    }

    private void refuseInside(
            final StepDraft draft, final String name, final String path, final Map<String, String> owners) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            final String outer = owners.get(path.substring(0, slash));
            if (outer != null) {
                problems.add(
                        draft.outputNodes().get(name),
                        "output '" + name + "' of step '" + draft.step().id() + "' lies inside " + outer + ", '"
                                + JsonText.cut(path.substring(0, slash)) + "'; take another path");
            }
        }
    }
}
