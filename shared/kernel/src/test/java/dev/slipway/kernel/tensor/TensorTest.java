package dev.slipway.kernel.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.SlipwayException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TensorTest {
    private final Tensor tensor = new Tensor(List.of(3, 2), new float[] {1, 2, 3, 4, 5, 6});

    @Test
    void rowsAreTakenOut() {
        assertThat(tensor.rows()).isEqualTo(3);
        assertThat(tensor.row(1)).isEqualTo(new Tensor(List.of(2), new float[] {3, 4}));
        assertThat(tensor.rows(1, 3)).isEqualTo(new Tensor(List.of(2, 2), new float[] {3, 4, 5, 6}));
        assertThat(tensor.rows(2, 2)).isEqualTo(new Tensor(List.of(0, 2), new float[0]));
    }

    @Test
    void stackedRowsMakeTheTensorAgain() {
        assertThat(Tensor.stack(List.of(tensor.row(0), tensor.row(1), tensor.row(2))))
                .isEqualTo(tensor);
    }

    @Test
    void tensorsAreEqualByShapeAndValues() {
        assertThat(tensor)
                .isNotEqualTo(new Tensor(List.of(2, 3), tensor.values().clone()));
        assertThat(tensor).isNotEqualTo(new Tensor(List.of(3, 2), new float[6]));
        assertThat(tensor)
                .isEqualTo(new Tensor(List.of(3, 2), tensor.values().clone()))
                .hasSameHashCodeAs(new Tensor(List.of(3, 2), tensor.values().clone()));
        assertThat(new Tensor(List.of(1), new float[] {Float.NaN}))
                .isEqualTo(new Tensor(List.of(1), new float[] {Float.NaN}));
    }

    @Test
    void theGreatestValueOfARowIsTheFirstOfSeveral() {
        float nan = Float.NaN;
        Tensor scores = new Tensor(List.of(4, 3), new float[] {1, 3, 2, 5, 5, 4, 0, nan, 1, nan, 7, 8});
        assertThat(List.of(scores.greatest(0), scores.greatest(1), scores.greatest(2), scores.greatest(3)))
                .containsExactly(1, 0, 2, 0);
        assertThat(Tensor.greatest(scores.values(), 4, 3)).isEqualTo(0);
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        assertRefused(() -> new Tensor(List.of(2), new float[3]), "tensor.shape");
        assertRefused(() -> new Tensor(List.of(-1), new float[0]), "tensor.shape");
        assertRefused(() -> new Tensor(List.of(65536, 65536, 65536, 65536), new float[0]), "tensor.shape");
        assertRefused(() -> Tensor.stack(List.of()), "tensor.empty");
        assertRefused(() -> Tensor.stack(List.of(tensor, tensor.row(0))), "tensor.shape");
    }

    private static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SlipwayException.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }
}
