package dev.slipway.standalone.contract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every contract as a plain call within one JVM. */
@ExtendWith(Bindings.class)
class InProcessContractsTest {
    @Nested
    class Labeling extends LabelingContract {
        Labeling(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class Dataset extends DatasetContract {
        Dataset(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class Training extends TrainingContract {
        Training(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class Runs extends RunsContract {
        Runs(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class Pipelines extends PipelinesContract {
        Pipelines(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class Registry extends RegistryContract {
        Registry(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class RegistryEdits extends RegistryEditsContract {
        RegistryEdits(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class Conversion extends ConversionContract {
        Conversion(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class Monitoring extends MonitoringContract {
        Monitoring(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class Lineage extends LineageContract {
        Lineage(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class Jobs extends JobsContract {
        Jobs(InProcess binding) {
            super(binding);
        }
    }

    @Nested
    class Tokens extends TokensContract {
        Tokens(InProcess binding) {
            super(binding);
        }
    }
}
