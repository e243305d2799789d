using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Keys;

/// <summary>Something the schedule asks for. Doing it twice is doing it once: a done step is not due any more.</summary>
public abstract record KeyStep
{
    private KeyStep() { }

    public sealed record Make(KeyPlan Plan) : KeyStep;

    /// <summary>The successor signs, or the key can't any more: its private half has no use but theft.</summary>
    public sealed record DestroyPrivate(Kid Kid, Kid? Successor) : KeyStep;

    /// <summary>The key ended long ago: its metadata leaves the ring and stays in the audit log.</summary>
    public sealed record Forget(Kid Kid) : KeyStep;
}
