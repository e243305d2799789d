using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;

namespace Tumbler.Contracts.Keys;

/// <summary>The rings and their signing keys. Every change is audited in the commit that makes it.</summary>
public interface IKeyRings
{
    Task<Result<Page<RingView>>> List(PageRequest page);

    Task<Result<RingView>> Get(RingId ring);

    Task<Result<IReadOnlyList<KeyView>>> Keys(RingId ring);

    /// <summary>Creates the ring with its first keys, or changes its policy.</summary>
    Task<Result<PutRingAnswer>> Put(RingId ring, PutRing request, CallContext call);

    Task<Result<RotationAnswer>> Rotate(RingId ring, RotateRing request, CallContext call);

    /// <summary>The key stops signing at once and still verifies.</summary>
    Task<Result<RotationAnswer>> Taint(RingId ring, Kid kid, WithdrawKey request, CallContext call);

    /// <summary>The key stops signing and verifying at once; if it was signing, another one signs at once.</summary>
    Task<Result<RotationAnswer>> Revoke(RingId ring, Kid kid, WithdrawKey request, CallContext call);

    /// <summary>Revokes every key of the ring; new ones sign at once.</summary>
    Task<Result<RotationAnswer>> RevokeAll(RingId ring, WithdrawKey request, CallContext call);
}
