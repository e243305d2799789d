namespace Tumbler.Stories.Tests.Foreign;

/// <summary>What foreign clients have seen.</summary>
/// <param name="Targets">By name: <c>gateway</c>, <c>silo-1</c> ….</param>
/// <param name="Failures">The first twenty of each target.</param>
/// <param name="Rejections">Tokens that no published key verifies, the first twenty of each target.</param>
/// <param name="Strangers">Silos that did not publish a key within ten seconds of its first signature, though they answered.</param>
/// <param name="Unverified">Tokens for which no key set was to be had, by now.</param>
/// <param name="Kids">Every key that signed, with the milliseconds until it was seen at each target; null where nobody answered.</param>
internal sealed record ForeignReport(
    IReadOnlyDictionary<string, ForeignTarget> Targets,
    IReadOnlyList<ForeignNote> Failures,
    IReadOnlyList<ForeignNote> Rejections,
    IReadOnlyList<ForeignNote> Strangers,
    int Unverified,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int?>> Kids)
{
    public const string Gateway = "gateway";

    public long Issued => Targets.Values.Sum(target => target.Issued);

    public long Verified => Targets.Values.Sum(target => target.Verified);

    /// <summary>How long each target was silent at most: tokens, and key sets.</summary>
    public string Gaps => string.Join(", ", Targets.Select(each => FormattableString.Invariant(
        $"{each.Key} {each.Value.Gap.Ms / 1000.0:F2} s ({each.Value.Failed} of {each.Value.Failed + each.Value.Issued} failed), key sets {each.Value.KeySetGap.Ms / 1000.0:F2} s")));

    public void AssertNothingFailedAt(string target)
    {
        Assert.DoesNotContain(Failures, failure => failure.Target == target);
        Assert.Equal(0, Targets[target].Failed + Targets[target].KeySetsFailed);
    }

    public void AssertEveryTokenVerifies()
    {
        Assert.Empty(Rejections);
        Assert.Empty(Strangers);
        Assert.Equal(0, Unverified);
        Assert.NotEqual(0, Issued);
        Assert.Equal(Issued, Verified);
    }
}
