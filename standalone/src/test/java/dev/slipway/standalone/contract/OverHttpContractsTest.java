package dev.slipway.standalone.contract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every contract over HTTP, between this process and two server processes. */
@ExtendWith(Bindings.class)
class OverHttpContractsTest {
    @Nested
    class Labeling extends LabelingContract {
        Labeling(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class Dataset extends DatasetContract {
        Dataset(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class Training extends TrainingContract {
        Training(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class Runs extends RunsContract {
        Runs(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class Pipelines extends PipelinesContract {
        Pipelines(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class Registry extends RegistryContract {
        Registry(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class RegistryEdits extends RegistryEditsContract {
        RegistryEdits(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class Conversion extends ConversionContract {
        Conversion(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class Monitoring extends MonitoringContract {
        Monitoring(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class Lineage extends LineageContract {
        Lineage(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class Jobs extends JobsContract {
        Jobs(OverHttp binding) {
            super(binding);
        }
    }

    @Nested
    class Tokens extends TokensContract {
        Tokens(OverHttp binding) {
            super(binding);
        }
    }
}
