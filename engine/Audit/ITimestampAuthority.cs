using Tumbler.Contracts.Calls;

namespace Tumbler.Engine.Audit;

/// <summary>Somebody else who confirms that something was there at a time (RFC 3161).</summary>
public interface ITimestampAuthority
{
    /// <returns>The authority's response, which fits the digest and whose signature verifies; or why there is none.</returns>
    Task<Result<byte[]>> Stamp(ReadOnlyMemory<byte> sha256, CancellationToken stop);
}
