import Testing

/// The real programs as processes: each test has its own folder and leaves no process behind.
///
/// One after the other, so that the time of one does not depend on the others.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct IntegrationTests {}
