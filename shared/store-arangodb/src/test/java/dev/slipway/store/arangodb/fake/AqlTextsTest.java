package dev.slipway.store.arangodb.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the double knows of AQL without running it. */
class AqlTextsTest {

    @Test
    void findsTheParametersOfAText() {
        assertThat(BindParameters.declared("FOR d IN @@c FILTER d.a == @a AND d.b == @a_1 RETURN d"))
                .containsExactly("@c", "a", "a_1");
        assertThat(BindParameters.declared("RETURN \"@a\" // @b\n /* @c \n @d */ + '@\\'e' + `@f` + @g"))
                .containsExactly("g");
    }

    @Test
    void decodesARevisionAsTheDocumentationDoes() {
        assertThat(Revisions.decode("_YU0HOEG---"))
                .containsEntry("date", "2019-03-11T16:15:05.314Z")
                .containsEntry("count", 0L);
    }

    @Test
    void makesRevisionsThatRise() {
        Revisions revisions = new Revisions();
        AqlOrder order = new AqlOrder();
        Map<String, Object> last = Revisions.decode(revisions.next());
        for (int i = 0; i < 10_000; i++) {
            Map<String, Object> next = Revisions.decode(revisions.next());
            List<Object> before = List.of(last.get("date"), last.get("count"));
            assertThat(order.compare(before, List.of(next.get("date"), next.get("count"))))
                    .isNegative();
            last = next;
        }
    }

    @Test
    void ordersValuesByTypeAndTextsByLanguage() {
        List<Object> values = new ArrayList<>(Arrays.asList(
                Map.of("a", 1L),
                List.of(1L, 2L),
                List.of(1L),
                "b",
                "B",
                "a",
                "1",
                "-",
                2.5,
                2L,
                -1.0,
                true,
                false,
                null));
        values.sort(new AqlOrder());
        assertThat(values)
                .containsExactly(
                        null,
                        false,
                        true,
                        -1.0,
                        2L,
                        2.5,
                        "-",
                        "1",
                        "a",
                        "b",
                        "B",
                        List.of(1L),
                        List.of(1L, 2L),
                        Map.of("a", 1L));
    }
}
