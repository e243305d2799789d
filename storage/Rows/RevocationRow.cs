using System.Diagnostics.CodeAnalysis;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Revocations;

namespace Tumbler.Storage.Rows;

/// <param name="Kind">As text: a node that does not know it yet has no use for the entry, and must not stumble over it.</param>
/// <param name="Until">In milliseconds since 1970, as PostgreSQL makes a column of it.</param>
internal sealed record RevocationRow(string Kind, string Id, long Until, RingId? Ring = null, bool Lifted = false)
{
    public static RevocationRow Of(Revocation revocation) => new(
        revocation.Subject.Kind.ToString(),
        revocation.Subject.Id,
        revocation.Until.ToUnixTimeMilliseconds(),
        revocation.Subject.Ring,
        revocation.Lifted);

    public bool TryRead([NotNullWhen(true)] out Revocation? revocation)
    {
        revocation = Enum.TryParse<RevocationKind>(Kind, out var kind)
            ? new Revocation(new RevocationSubject(kind, Id, Ring), DateTimeOffset.FromUnixTimeMilliseconds(Until), Lifted)
            : null;
        return revocation is not null;
    }
}
