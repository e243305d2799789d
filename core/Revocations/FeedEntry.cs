namespace Tumbler.Core.Revocations;

/// <param name="Number">In the order of the commits: who has read up to a number has missed nothing before it.</param>
public sealed record FeedEntry(long Number, Revocation Revocation)
{
    public RevocationSubject Subject => Revocation.Subject;
}
