package io.signalbox.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import io.signalbox.kernel.conformance.Catalogue.Case;
import io.signalbox.kernel.conformance.Catalogue.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

class ConformanceTest {
    /** How many cases may be open. It only falls: whoever closes some lowers it. */
    private static final int OPEN_MAX = 0;

    private static final int RULED_SHARE = 10;
    private static final Path PAGE = Path.of("../docs/conformance.md");
    private static final Pattern DOCUMENT = Pattern.compile("docs/[\\w./-]+\\.md");
    private static final Conformance CONFORMANCE = new Conformance(Path.of("target/test-classes"));

    @Test
    void shouldGiveEachIdOnce() {
        assertThat(cases().map(Case::id)).doesNotHaveDuplicates();
    }

    @Test
    void shouldHaveATestWhereItIsSaid() {
        assertThat(idsWhere(one -> one.written().needsTest() && !CONFORMANCE.isTested(one)))
                .as("ids that are COVERED or DEFECT, and no test names them")
                .isEmpty();
    }

    @Test
    void shouldNameOnlyIdsThatAreThere() {
        assertThat(cases().map(Case::id).collect(Collectors.toSet()))
                .containsAll(CONFORMANCE.testsById().keySet());
    }

    @Test
    void shouldBeShownByTestsThatRun() {
        final Set<JavaMethod> tests =
                CONFORMANCE.testsById().values().stream().flatMap(List::stream).collect(Collectors.toSet());
        assertThat(tests)
                .allMatch(test -> test.isMetaAnnotatedWith(Testable.class))
                .noneMatch(test -> test.isAnnotatedWith(Disabled.class))
                .noneMatch(test -> test.getOwner().isAnnotatedWith(Disabled.class));
    }

    @Test
    void shouldGiveAReasonForWhatIsNotCovered() {
        assertThat(idsWhere(one -> one.written().needsNote() && one.note().isEmpty()))
                .as("ids that need a note")
                .isEmpty();
        assertThat(idsWhere(one -> one.written() == Status.RULED && !namesADocument(one.note())))
                .as("ids that are RULED, and no document is named that rules so")
                .isEmpty();
    }

    @Test
    void shouldRuleOtherwiseSeldom() {
        for (final Section section : CONFORMANCE.sections()) {
            assertThat(CONFORMANCE.count(section, Status.RULED))
                    .as("RULED in %s.tsv", section.name())
                    .isLessThanOrEqualTo(section.cases().size() / RULED_SHARE);
        }
    }

    @Test
    void shouldNotOpenAgain() {
        assertThat(CONFORMANCE.count(Status.OPEN)).as("open cases").isLessThanOrEqualTo(OPEN_MAX);
    }

    /** With {@code -Dconformance.write=true} it writes the page first. */
    @Test
    void shouldTellItOnItsPage() throws IOException {
        final String page = CONFORMANCE.page();
        if (Boolean.getBoolean("conformance.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/conformance.md; write it again with -Dtest=ConformanceTest -Dconformance.write=true")
                .isEqualTo(page);
    }

    private static Stream<Case> cases() {
        return CONFORMANCE.sections().stream().flatMap(section -> section.cases().stream());
    }

    private static List<String> idsWhere(final Predicate<Case> predicate) {
        return cases().filter(predicate).map(Case::id).toList();
    }

    private static boolean namesADocument(final String note) {
        final Matcher document = DOCUMENT.matcher(note);
        return document.find() && Files.exists(Path.of("..").resolve(document.group()));
    }
}
