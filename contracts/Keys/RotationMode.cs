namespace Tumbler.Contracts.Keys;

public enum RotationMode
{
    /// <summary>The next key signs as soon as every caching verifier knows it.</summary>
    Graceful,

    /// <summary>The next key signs now; verifiers that cache must refetch.</summary>
    Immediate,
}
