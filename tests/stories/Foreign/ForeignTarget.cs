namespace Tumbler.Stories.Tests.Foreign;

/// <summary>What foreign clients met at one address.</summary>
/// <param name="Verified">By jose, of the <paramref name="Issued"/>.</param>
/// <param name="UnknownAtFirst">Of the verified, those whose key a verifier that caches had to hear of first.</param>
/// <param name="Rejected">Tokens that no published key verifies.</param>
/// <param name="Failed">Requests for a token that got no answer, or not a token.</param>
internal sealed record ForeignTarget(
    long Issued, long Verified, long UnknownAtFirst, long Rejected, long Failed, long SlowestMs, ForeignGap Gap,
    long KeySets, long KeySetsFailed, ForeignGap KeySetGap);
