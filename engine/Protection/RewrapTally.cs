using Tumbler.Contracts.Protection;

namespace Tumbler.Engine.Protection;

/// <summary>How far a rewrap has got.</summary>
internal sealed class RewrapTally
{
    private const int MostShown = 100;

    private readonly List<RewrapFailure> shown = [];

    public long Rings { get; private set; }

    public long Rewrapped { get; set; }

    public long AlreadyCurrent { get; set; }

    public long Failed { get; private set; }

    public RewrapAnswer Answer => new(Rings, Rewrapped, AlreadyCurrent, Failed, [.. shown]);

    public void Fail(RewrapFailure failure)
    {
        Failed++;
        if (shown.Count < MostShown)
            shown.Add(failure);
    }

    public void LookedThrough() => Rings++;
}
