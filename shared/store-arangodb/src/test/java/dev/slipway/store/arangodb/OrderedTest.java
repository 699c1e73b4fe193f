package dev.slipway.store.arangodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.IndexValue;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Stored texts stand in the order of the values they stand for, by bytes and by the rules of languages. */
class OrderedTest {
    private static final List<Collator> COLLATORS = List.of(
            Collator.getInstance(Locale.ROOT),
            Collator.getInstance(Locale.ENGLISH),
            Collator.getInstance(Locale.forLanguageTag("da")),
            Collator.getInstance(Locale.forLanguageTag("cs")),
            Collator.getInstance(Locale.forLanguageTag("hu")));

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("a\u0000bzé\uffee\u007f")
                .ofMaxLength(6)
                .map(text -> text.length() % 2 == 0 ? text : text + "😀");
    }

    @Property(tries = 300)
    void textsStandByTheirBytes(@ForAll("texts") String left, @ForAll("texts") String right) {
        assertOrder(Ordered.text(left), Ordered.text(right), bytes(left, right));
    }

    @Property(tries = 300)
    void numbersStandByTheirValue(@ForAll long left, @ForAll long right) {
        assertOrder(Ordered.number(left), Ordered.number(right), Long.compare(left, right));
    }

    @Property(tries = 300)
    void keysStandByTheirFirstDifference(
            @ForAll("texts") String first,
            @ForAll long number,
            @ForAll("texts") String left,
            @ForAll("texts") String right) {
        EntityId id = new IdGenerator().next(EntityId::new);
        assertOrder(
                Ordered.place(List.of(IndexValue.of(first), IndexValue.of(left), IndexValue.of(number)), id),
                Ordered.place(List.of(IndexValue.of(first), IndexValue.of(right), IndexValue.of(-number)), id),
                bytes(left, right) == 0 ? Long.compare(number, -number) : bytes(left, right));
    }

    @Property(tries = 300)
    void aPrefixIsThatOfItsOwnKeysOnly(@ForAll("texts") String left, @ForAll("texts") String right) {
        EntityId id = new IdGenerator().next(EntityId::new);
        assertThat(Ordered.place(List.of(IndexValue.of(left)), id)
                        .startsWith(Ordered.key(List.of(IndexValue.of(right)))))
                .isEqualTo(left.equals(right));
    }

    @Property(tries = 300)
    void valuesComeBack(@ForAll double number, @ForAll("texts") String text) {
        assertThat(Ordered.facet(Ordered.facet(new Facet.Value.Num(number)))).isEqualTo(new Facet.Value.Num(number));
        assertThat(Ordered.facet(Ordered.facet(new Facet.Value.Text(text)))).isEqualTo(new Facet.Value.Text(text));
    }

    @Example
    void numbersStandBeforeTextsAndNothingReachesBeyondTheLastCharacter() {
        assertThat(Ordered.number(Long.MAX_VALUE)).isLessThan(Ordered.text(""));
        assertThat(Ordered.text("\uffff"))
                .isLessThan(Ordered.TEXTS + Ordered.AFTER)
                .isLessThan(Ordered.AFTER_VALUES);
        assertThat(Ordered.BEFORE_VALUES).isLessThan(Ordered.NUMBERS);
        EntityId id = new IdGenerator().next(EntityId::new);
        assertThat(Ordered.id(Ordered.id(id))).isEqualTo(id);
        assertThat(Ordered.id(id)).hasSize(Ordered.ID_LENGTH);
    }

    private static int bytes(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertOrder(String left, String right, int expected) {
        assertThat(Integer.signum(left.compareTo(right))).isEqualTo(Integer.signum(expected));
        for (Collator collator : COLLATORS) {
            assertThat(Integer.signum(collator.compare(left, right))).isEqualTo(Integer.signum(expected));
        }
    }
}
