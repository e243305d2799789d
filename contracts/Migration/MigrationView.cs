namespace Tumbler.Contracts.Migration;

/// <param name="Phase">Of services that have none of their own.</param>
/// <param name="Sunset">After which shared keys are to be refused, as clients were told; null when nothing was said.</param>
/// <param name="Clients">Everybody who has a shared key, used or not.</param>
/// <param name="Uses">Of shared keys, by client and service, the last used first.</param>
/// <param name="UsesTotal">How many there are, when only the first are shown.</param>
/// <param name="Silos">Who counted.</param>
public sealed record MigrationView(
    MigrationPhase Phase,
    IReadOnlyList<ServicePhase> Services,
    DateTimeOffset? Sunset,
    IReadOnlyList<string> Clients,
    IReadOnlyList<SharedKeyUse> Uses,
    int UsesTotal,
    IReadOnlyList<MigrationSilo> Silos);
