namespace Tumbler.Contracts.Migration;

/// <summary>How far a service has come on its way from a shared key to tokens.</summary>
public enum MigrationPhase
{
    /// <summary>Shared keys are as good as API keys.</summary>
    Dual,

    /// <summary>They are accepted with warnings.</summary>
    JwtPreferred,

    /// <summary>They are refused.</summary>
    JwtOnly,
}
