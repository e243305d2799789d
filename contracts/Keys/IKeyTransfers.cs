using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Keys;

/// <summary>Single private keys on their way out and in, for migration and backup.</summary>
public interface IKeyTransfers
{
    /// <summary>The answer is kept nowhere, and an idempotency key is not looked at: repeating it exports again.</summary>
    Task<Result<ExportedKey>> Export(RingId ring, Kid kid, ExportKey request, CallContext call);

    Task<Result<KeyView>> Import(RingId ring, ImportKey request, CallContext call);
}
