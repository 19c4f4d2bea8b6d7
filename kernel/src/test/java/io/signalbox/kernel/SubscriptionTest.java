package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.SignalFilter.Field;
import io.signalbox.kernel.Subscription.Gap;
import io.signalbox.kernel.Subscription.Item;
import io.signalbox.kernel.Subscription.Signal;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.reader.BoundedRegex;
import io.signalbox.kernel.reader.Glob;
import io.signalbox.kernel.signal.TypedSignal.InterAgentMessage;
import io.signalbox.kernel.store.SignalTail;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the order of signals by pull: filters, starts, waits, closing, and what happens to a reader that is too slow. */
@Timeout(120)
class SubscriptionTest {
    private static final int TAIL = 16;

    private static KernelConfig config() {
        return KernelConfig.standard().withLimits(MachineLimits.small().withTailCapacity(TAIL));
    }

    private static List<String> payloads(final Subscription subscription) {
        final List<String> payloads = new ArrayList<>();
        Item item = subscription.poll();
        while (item != null) {
            payloads.add(item instanceof Signal signal ? signal.payload() : item.toString());
            item = subscription.poll();
        }
        return payloads;
    }

    private static List<String> numbers(final int from, final int to) {
        final List<String> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }

    private static void raise(final Coordination coordination, final int from, final int to) {
        for (int i = from; i < to; i++) {
            coordination.raise("tick", "clock", Integer.toString(i));
        }
    }

    // ------------------------------------------------------------------ filters

    @Test
    @Conforms({"GAP-SIG-10", "DIFF-5"})
    void shouldGiveOnlyTheTypesAndSendersAskedFor() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription completed =
                    session.subscribe(SignalFilter.everything().types(Coordination.AGENT_COMPLETED), Start.latest());
            final Subscription ofModel = session.subscribe(
                    SignalFilter.everything().types("agent_initialized", "note").senders("model-gen"), Start.latest());
            session.raise("agent_initialized", "model-gen", "1");
            session.complete("model-gen", "2");
            session.raise("note", "validator-gen", "3");
            session.raise("note", "model-gen", "4");
            assertThat(payloads(completed)).containsExactly("2");
            assertThat(payloads(ofModel)).containsExactly("1", "4");
            assertThat(completed.received()).isEqualTo(1);
            assertThat(ofModel.received()).isEqualTo(2);
            assertThat(ofModel.missed()).isZero();
        }
    }

    @Test
    void shouldKeepCoordinationsApartAndShowAllToTheKernelsReader() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination one = kernel.coordination("one");
            final Coordination two = kernel.coordination("two");
            final Subscription ofOne = one.subscribe(SignalFilter.everything(), Start.latest());
            final Subscription ofAll = kernel.subscribe();
            one.raise("note", "ann", "1");
            two.raise("note", "ann", "2");
            assertThat(payloads(ofOne)).containsExactly("1");
            assertThat(payloads(ofAll)).containsExactly("1", "2");
        }
    }

    @Test
    void shouldGiveAnAgentWhatIsAddressedToItAndWhatIsAddressedToNobody() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription mine =
                    session.subscribe(SignalFilter.everything().recipient("agent-1"), Start.latest());
            final Ingress ingress = kernel.newIngress();
            final int type = kernel.nameId("inter_agent_message");
            final int sender = kernel.nameId("agent-0");
            for (final String to : List.of("agent-1", "agent-2", "")) {
                final byte[] payload = ("to " + to).getBytes(StandardCharsets.UTF_8);
                ingress.raise(
                        session.handle(),
                        type,
                        sender,
                        0,
                        to.isEmpty() ? 0 : kernel.nameId(to),
                        0,
                        Double.NaN,
                        payload);
            }
            assertThat(payloads(mine)).containsExactly("to agent-1", "to ");
        }
    }

    @Test
    void shouldGiveWhatATypedSignalCarriesToEachOfItsRecipients() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final SignalFilter all = SignalFilter.everything();
            final Subscription ben = session.subscribe(all.recipient("ben"), Start.latest());
            final Subscription dan = session.subscribe(all.recipient("dan"), Start.latest());
            final Subscription plans =
                    session.subscribe(all.matching(Field.PAYLOAD, "\"message\":\"plan"), Start.latest());
            final Sending how = Sending.by("ann").to("ben", "cho").priority(8).correlation("run-7");
            session.signals().send(new InterAgentMessage("request", "plan it", false, 0, null), how);
            session.signals().send(new InterAgentMessage("request", "do it", false, 0, null), Sending.by("ann"));
            final Signal first = (Signal) ben.poll();
            assertThat(first.recipient()).isEqualTo("ben,cho");
            assertThat(first.priority()).isEqualTo(8);
            assertThat(first.fields().textOr("message", "")).isEqualTo("plan it");
            assertThat(first.metadata().names()).isNotEmpty();
            assertThat(first.payload()).startsWith("{").contains("\"message\":\"plan it\"");
            assertThat(((Signal) ben.poll()).fields().textOr("message", "")).isEqualTo("do it");
            assertThat(payloads(dan)).hasSize(1);
            assertThat(payloads(plans)).hasSize(1);
        }
    }

    @Test
    @Conforms("FUTURE-7")
    void shouldUnderstandWildcardsRegularExpressionsAndPredicates() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final SignalFilter all = SignalFilter.everything();
            final Subscription wild = session.subscribe(all.typesLike("agent_*").sendersLike("gen-?"), Start.latest());
            final Subscription regex = session.subscribe(
                    all.matching(Field.PAYLOAD, "severity=(high|fatal)").matching(Field.TYPE, "^error"),
                    Start.latest());
            final Subscription about = session.subscribe(all.matching(Field.SUBJECT, "^gen-1$"), Start.latest());
            final Subscription chosen =
                    session.subscribe(all.where(signal -> signal.payload().length() == 1), Start.latest());
            session.raise("agent_started", "gen-1", "1");
            session.raise("agent_started", "gen-12", "no");
            session.raise("error_occurred", "gen-1", "severity=fatal");
            session.raise("error_occurred", "gen-2", "severity=low");
            assertThat(payloads(wild)).containsExactly("1");
            assertThat(payloads(regex)).containsExactly("severity=fatal");
            assertThat(payloads(about)).containsExactly("1", "severity=fatal");
            assertThat(payloads(chosen)).containsExactly("1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a*, abc, true",
        "a*, a, true",
        "*, anything, true",
        "a?c, abc, true",
        "a?c, ac, false",
        "*b*d, abcd, true",
        "*b*d, abdc, false",
        "a*a*a*a*a*b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
        "a.c, abc, false"
    })
    void shouldMatchWholeNamesByWildcards(final String glob, final String text, final boolean expected) {
        assertThat(new Glob(glob).test(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(", "a{2,1}", "(a)\\1", "((a{100}){100}){100}", "(((((a{1000}){1000}){1000})))"})
    void shouldRefuseARegularExpressionThatIsWrongOrTooLarge(final String regex) {
        assertThatThrownBy(() -> SignalFilter.everything().matching(Field.PAYLOAD, regex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("regular expression");
    }

    @Test
    void shouldTakeTheOrdinaryRegularExpressions() {
        final String uuid = "^[a-f0-9]{8}-([a-f0-9]{4}-){3}[a-f0-9]{12}$";
        final BoundedRegex regex = new BoundedRegex(uuid);
        assertThat(regex.test("0f1e2d3c-0000-1111-2222-0123456789ab")).isTrue();
        assertThat(regex.test("0f1e2d3c-0000-1111-0123456789ab")).isFalse();
        assertThat(new BoundedRegex("[]}a]{2}\\{").test("]}{")).isTrue();
        assertThatThrownBy(() -> SignalFilter.everything().matching(Field.TYPE, "a".repeat(513)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("512");
    }

    @Test
    void shouldRefuseAFilterThatSaysNothing() {
        assertThatThrownBy(() -> SignalFilter.everything().types()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignalFilter.everything().senders("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignalFilter.everything().recipient("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignalFilter.everything().typesLike("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Start.position(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldPassOnWhatAPredicateThrowsAndGoOn() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription signals = session.subscribe(
                    SignalFilter.everything().where(signal -> Integer.parseInt(signal.payload()) > 0), Start.latest());
            session.raise("note", "ann", "x");
            session.raise("note", "ann", "1");
            assertThatThrownBy(signals::poll).isInstanceOf(NumberFormatException.class);
            assertThat(payloads(signals)).containsExactly("1");
        }
    }

    @Test
    @Conforms("FUTURE-8")
    void shouldTransformEachItemOnce() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final TransformedSubscription<Integer> doubled = session.subscribe(
                            SignalFilter.everything(), Start.latest())
                    .transformed(item -> item instanceof Signal signal ? signal.payload() : null)
                    .transformed(text -> text.startsWith("x") ? null : 2 * Integer.parseInt(text));
            session.raise("note", "ann", "x");
            session.raise("note", "ann", "21");
            assertThat(doubled.poll()).isEqualTo(42);
            assertThat(doubled.poll()).isNull();
            session.raise("note", "ann", "x");
            session.raise("note", "ann", "4");
            assertThat(doubled.take(30, TimeUnit.SECONDS)).isEqualTo(8);
            assertThat(doubled.take(1, TimeUnit.MILLISECONDS)).isNull();
            assertThat(doubled.subscription().received()).isEqualTo(4);
            doubled.close();
            assertThat(doubled.subscription().isClosed()).isTrue();
        }
    }

    // ------------------------------------------------------------------ independence

    @Test
    @Conforms("GAP-SIG-1")
    void shouldGiveEachOfTwoSubscriptionsOfOneAgentEverythingOfItsOwn() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final SignalFilter mine = SignalFilter.everything().recipient("agent-1");
            final Subscription first = session.subscribe(mine, Start.latest());
            final Subscription second = session.subscribe(mine, Start.latest());
            final Subscription notes = session.subscribe(mine.types("note"), Start.latest());
            session.raise("note", "ann", "0");
            session.raise("other", "ann", "1");
            session.raise("note", "ann", "2");
            assertThat(payloads(first)).containsExactly("0", "1", "2");
            assertThat(payloads(second)).containsExactly("0", "1", "2");
            assertThat(payloads(notes)).containsExactly("0", "2");
        }
    }

    @Test
    @Conforms("GAP-SIG-2")
    void shouldGiveNothingStaleToANewSubscription() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription left = session.subscribe(SignalFilter.everything(), Start.latest());
            raise(session, 0, 3);
            left.close();
            raise(session, 3, 5);
            assertThat(left.poll()).isNull();
            assertThat(left.take(1, TimeUnit.DAYS)).isNull();
            final Subscription fresh = session.subscribe(SignalFilter.everything(), Start.latest());
            raise(session, 5, 6);
            assertThat(payloads(fresh)).containsExactly("5");
            left.close();
        }
    }

    @Test
    @Conforms("GAP-SIG-8")
    void shouldNumberSignalsDenselyAcrossProducers() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(KernelConfig.standard())) {
            final Subscription all = kernel.subscribe();
            final Crew crew = new Crew();
            for (int producer = 0; producer < 4; producer++) {
                final String name = "p" + producer;
                crew.add(name, () -> {
                    final Coordination session = kernel.coordination("session-1");
                    for (int i = 0; i < 500; i++) {
                        session.raise("tick", name, Integer.toString(i));
                    }
                });
            }
            crew.join();
            final int[] next = new int[4];
            long factId = -1;
            for (int i = 0; i < 2_000; i++) {
                final Signal signal = (Signal) all.poll();
                assertThat(signal.sequence()).isEqualTo(i);
                assertThat(signal.factId()).isGreaterThan(factId);
                factId = signal.factId();
                final int producer = signal.sender().charAt(1) - '0';
                assertThat(signal.payload()).isEqualTo(Integer.toString(next[producer]++));
            }
            assertThat(all.poll()).isNull();
            assertThat(all.received()).isEqualTo(2_000);
        }
    }

    // ------------------------------------------------------------------ starts

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeginWhereItIsTold(final boolean journaled) {
        try (Kernel kernel = journaled ? Kernel.launch(config(), new MemoryJournal()) : Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final List<Long> positions = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                positions.add(
                        session.raise("tick", "clock", Integer.toString(i)).position());
                session.set("other", i);
            }
            final SignalFilter all = SignalFilter.everything();
            assertThat(payloads(session.subscribe(all, Start.earliest()))).isEqualTo(numbers(0, 10));
            assertThat(payloads(session.subscribe(all, Start.latest()))).isEmpty();
            assertThat(payloads(session.subscribe(all, Start.sequence(7)))).isEqualTo(numbers(7, 10));
            assertThat(payloads(session.subscribe(all, Start.position(0)))).isEqualTo(numbers(0, 10));
            assertThat(payloads(session.subscribe(all, Start.position(positions.get(4)))))
                    .isEqualTo(numbers(4, 10));
            assertThat(payloads(session.subscribe(all, Start.position(positions.get(4) + 1))))
                    .isEqualTo(numbers(5, 10));
            assertThat(payloads(session.subscribe(all, Start.after(positions.get(4) << 16))))
                    .isEqualTo(numbers(5, 10));
            assertThat(payloads(session.subscribe(all, Start.after(positions.get(9) << 16))))
                    .isEmpty();
            final Subscription future = session.subscribe(all, Start.position(kernel.position() + 2));
            raise(session, 10, 13);
            assertThat(payloads(future)).containsExactly("11", "12");
        }
    }

    @Test
    @Conforms({"GAP-SIG-4", "FUTURE-3"})
    void shouldBeginAtAnyPositionOfAJournalHoweverOld() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            final List<Long> positions = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                positions.add(
                        session.raise("tick", "clock", Integer.toString(i)).position());
            }
            for (final int from : new int[] {0, 1, 57, 183, 184, 185, 199}) {
                final SignalFilter all = SignalFilter.everything();
                assertThat(payloads(session.subscribe(all, Start.position(positions.get(from)))))
                        .isEqualTo(numbers(from, 200));
                assertThat(payloads(session.subscribe(all, Start.after(positions.get(from) << 16))))
                        .isEqualTo(numbers(from + 1, 200));
                assertThat(payloads(session.subscribe(all, Start.sequence(from))))
                        .isEqualTo(numbers(from, 200));
            }
            assertThat(payloads(kernel.subscribeFromOldest())).isEqualTo(numbers(0, 200));
        }
    }

    @Test
    void shouldSayThatNobodyKnowsHowMuchLiesBeforeWhatIsKept() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final long position = session.raise("tick", "clock", "0").position();
            raise(session, 1, 100);
            final Subscription late = session.subscribe(SignalFilter.everything(), Start.after(position << 16));
            final Gap gap = (Gap) late.poll();
            assertThat(gap.from()).isEqualTo(-1);
            assertThat(payloads(late)).isEqualTo(numbers((int) gap.to() + 1, 100));
            assertThat(gap.to()).isEqualTo(100 - TAIL);
        }
    }

    // ------------------------------------------------------------------ too slow

    @Test
    void shouldTellAnExactGapInAMemoryKernel() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription slow = session.subscribe(SignalFilter.everything(), Start.latest());
            raise(session, 0, 3);
            assertThat(((Signal) slow.poll()).payload()).isEqualTo("0");
            raise(session, 3, 100);
            final Gap gap = (Gap) slow.poll();
            assertThat(gap.from()).isEqualTo(1);
            assertThat(gap.to()).isEqualTo(100 - TAIL);
            assertThat(payloads(slow)).isEqualTo(numbers((int) gap.to() + 1, 100));
            assertThat(slow.missed()).isEqualTo(gap.to() - gap.from() + 1);
            assertThat(slow.received() + slow.missed()).isEqualTo(100);
            raise(session, 100, 102);
            assertThat(payloads(slow)).containsExactly("100", "101");
        }
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldMissNothingInAJournaledKernelHoweverFarBehind(final Threading threading) {
        try (Kernel kernel = Kernel.launch(config().withThreading(threading), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription slow = session.subscribe(SignalFilter.everything(), Start.latest());
            raise(session, 0, 3_000);
            assertThat(payloads(slow)).isEqualTo(numbers(0, 3_000));
            assertThat(slow.fellBehind()).isEqualTo(1);
            raise(session, 3_000, 3_010);
            assertThat(payloads(slow)).isEqualTo(numbers(3_000, 3_010));
            assertThat(slow.fellBehind()).as("the tail sufficed").isEqualTo(1);
            raise(session, 3_010, 4_000);
            assertThat(payloads(slow)).isEqualTo(numbers(3_010, 4_000));
            assertThat(slow.missed()).isZero();
            assertThat(kernel.readers().followers().started())
                    .as("one follower, which goes on")
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldCatchUpWhileOthersKeepRaising() throws InterruptedException {
        final int signals = 20_000;
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            final Crew crew = new Crew();
            crew.add("producer", () -> raise(session, 0, signals));
            for (int reader = 0; reader < 3; reader++) {
                final Subscription subscription = session.subscribe(SignalFilter.everything(), Start.latest());
                crew.add("reader " + reader, () -> {
                    for (int i = 0; i < signals; i++) {
                        final Item item = subscription.take(30, TimeUnit.SECONDS);
                        assertThat(item).isInstanceOf(Signal.class);
                        assertThat(((Signal) item).sequence()).isEqualTo(i);
                        assertThat(((Signal) item).payload()).isEqualTo(Integer.toString(i));
                    }
                });
            }
            crew.join();
        }
    }

    @Test
    void shouldKeepFewFollowersForManyReadersThatAreFarApart() {
        final MemoryJournal journal = new MemoryJournal();
        final Kernel kernel = Kernel.launch(config(), journal);
        final Coordination session = kernel.coordination("session-1");
        raise(session, 0, 10_000);
        final List<Subscription> readers = new ArrayList<>();
        for (int reader = 0; reader < 20; reader++) {
            readers.add(session.subscribe(SignalFilter.everything(), Start.sequence((19 - reader) * 500L)));
        }
        for (int round = 0; round < 300; round++) {
            for (int reader = 0; reader < readers.size(); reader++) {
                final Signal signal = (Signal) readers.get(reader).poll();
                assertThat(signal.sequence()).isEqualTo((19 - reader) * 500L + round);
            }
            assertThat(journal.readers()).isLessThanOrEqualTo(4);
        }
        kernel.close();
        assertThat(journal.readers()).isZero();
    }

    @Test
    void shouldTellWhatAFanOutRaisedToAReaderBehind() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription slow = session.subscribe(SignalFilter.everything(), Start.latest());
            final byte[] large = "x".repeat(3_000).getBytes(StandardCharsets.US_ASCII);
            final Ingress ingress = kernel.newIngress();
            final int type = kernel.nameId("blob");
            for (int i = 0; i < 100; i++) {
                large[0] = (byte) ('a' + i % 26);
                ingress.raise(session.handle(), type, 0, 0, 0, 0, Double.NaN, large);
            }
            for (int i = 0; i < 100; i++) {
                final Signal signal = (Signal) slow.poll();
                assertThat(signal.payload()).hasSize(3_000).startsWith((char) ('a' + i % 26) + "x");
            }
            assertThat(slow.poll()).isNull();
        }
    }

    @Test
    void shouldGoOnWithTheSameNumbersInTheNextLifeOfAJournal() {
        final MemoryJournal first = new MemoryJournal();
        try (Kernel kernel = Kernel.launch(config(), first)) {
            raise(kernel.coordination("session-1"), 0, 100);
        }
        try (Kernel kernel = Kernel.launch(config(), first.reopened())) {
            final Coordination session = kernel.coordination("session-1");
            raise(session, 100, 110);
            final Subscription late = session.subscribe(SignalFilter.everything(), Start.sequence(42));
            assertThat(payloads(late)).isEqualTo(numbers(42, 110));
        }
    }

    // ------------------------------------------------------------------ waiting and closing

    @ParameterizedTest
    @EnumSource(
            value = Threading.class,
            names = {"CALLER", "SHARED", "DEDICATED"})
    void shouldWakeAWaiterThatIsClosed(final Threading threading) throws InterruptedException {
        try (Kernel kernel = Kernel.launch(config().withThreading(threading))) {
            final Subscription subscription = kernel.subscribe();
            final AtomicReference<Object> taken = new AtomicReference<>("nothing yet");
            final Crew crew = new Crew().go();
            final Thread reader = crew.add("reader", () -> taken.set(subscription.take(1, TimeUnit.DAYS)));
            Crew.untilParked(reader);
            subscription.close();
            crew.join();
            assertThat(taken.get()).isNull();
            assertThat(kernel.driver().subscribers().isEmpty()).isTrue();
        }
    }

    /** A predicate that waits takes the wake-ups that come meanwhile; none may be lost by that. */
    @Test
    void shouldBeWokenByWhatIsRaisedAfterAPredicateHasWaited() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final CountDownLatch inside = new CountDownLatch(1);
            final CountDownLatch go = new CountDownLatch(1);
            final AtomicInteger looked = new AtomicInteger();
            final AtomicReference<Item> taken = new AtomicReference<>();
            final Subscription last = session.subscribe(
                    SignalFilter.everything().where(signal -> {
                        if (signal.payload().equals("0")) {
                            inside.countDown();
                            awaitUninterrupted(go);
                        }
                        looked.incrementAndGet();
                        return signal.payload().equals("2");
                    }),
                    Start.latest());
            final Crew crew = new Crew().go();
            final Thread reader = crew.add("reader", () -> taken.set(last.take(1, TimeUnit.DAYS)));
            Crew.untilParked(reader);
            raise(session, 0, 1);
            awaitUninterrupted(inside);
            Crew.untilParked(reader);
            raise(session, 1, 2);
            Crew.untilParked(reader);
            go.countDown();
            Crew.until("it has looked at both", () -> looked.get() == 2);
            Crew.untilParked(reader);
            raise(session, 2, 3);
            crew.join();
            assertThat(((Signal) taken.get()).payload()).isEqualTo("2");
        }
    }

    private static void awaitUninterrupted(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException("nobody interrupts here", e);
        }
    }

    @Test
    void shouldRefuseASecondThreadWhileTheFirstIsInside() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(config())) {
            final Subscription subscription = kernel.subscribe();
            final AtomicReference<Item> taken = new AtomicReference<>();
            final Crew crew = new Crew().go();
            final Thread reader = crew.add("reader", () -> taken.set(subscription.take(1, TimeUnit.DAYS)));
            Crew.untilParked(reader);
            assertThatThrownBy(subscription::poll)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("one thread at a time")
                    .hasMessageContaining("reader");
            assertThatThrownBy(() -> subscription.take(1, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
            kernel.coordination("session-1").raise("tick", "clock", "1");
            crew.join();
            assertThat(((Signal) taken.get()).payload()).isEqualTo("1");
            assertThat(subscription.poll()).as("one after the other is fine").isNull();
        }
    }

    @Test
    void shouldEndAWaitByItsOwnTimeByAnInterruptAndByTheKernelsEnd() throws InterruptedException {
        final Kernel kernel = Kernel.launch(config());
        final Subscription subscription = kernel.subscribe();
        assertThat(subscription.take(1, TimeUnit.MILLISECONDS)).isNull();
        Thread.currentThread().interrupt();
        assertThat(subscription.take(1, TimeUnit.DAYS)).isNull();
        assertThat(Thread.interrupted()).isTrue();
        raise(kernel.coordination("session-1"), 0, 1);
        final Crew crew = new Crew().go();
        final AtomicReference<Item> last = new AtomicReference<>();
        final Thread reader = crew.add("reader", () -> {
            assertThat(subscription.take(1, TimeUnit.DAYS)).isNotNull();
            last.set(subscription.take(1, TimeUnit.DAYS));
        });
        Crew.untilParked(reader);
        kernel.close();
        crew.join();
        assertThat(last.get()).isNull();
    }

    // ------------------------------------------------------------------ being lapped while reading

    /** A record that is overwritten while it is copied is never shown: each payload says its own number in every word. */
    @Test
    void shouldNeverShowHalfARecordToAReaderThatIsLappedWhileItReads() throws InterruptedException {
        final SignalTail tail = new SignalTail(2);
        final int appends = 300_000;
        final Crew crew = new Crew();
        crew.add("writer", () -> {
            final byte[] payload = new byte[64];
            for (int i = 0; i < appends; i++) {
                Arrays.fill(payload, (byte) i);
                tail.begin(i, i, i).names(i, i, i, i).quality(i).end(0, 0, 0, payload, 0, payload.length);
                tail.publish();
            }
        });
        crew.add("reader", () -> {
            final SignalTail.Cursor cursor = tail.newCursor(0);
            final byte[] payload = new byte[64];
            long next = 0;
            while (next < appends) {
                final int found = cursor.poll();
                if (found == SignalTail.Cursor.LAPPED) {
                    assertThat(cursor.gapFrom()).isEqualTo(next);
                    next = cursor.gapTo() + 1;
                } else if (found == SignalTail.Cursor.READ) {
                    assertThat(cursor.sequence()).isEqualTo(next);
                    assertThat(cursor.factId()).isEqualTo(next);
                    assertThat((long) cursor.sender()).isEqualTo(next);
                    cursor.copyPayload(payload, 0);
                    for (final byte each : payload) {
                        assertThat(each == (byte) next).isTrue();
                    }
                    next++;
                } else {
                    Thread.onSpinWait();
                }
            }
        });
        crew.join();
    }
}
