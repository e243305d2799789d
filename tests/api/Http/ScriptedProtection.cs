using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Protection;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedProtection : IKeyProtection
{
    public CallContext? LastCall { get; private set; }

    public Task<Result<ProtectionView>> Status() => Task.FromResult<Result<ProtectionView>>(new ProtectionView(
        [new CertificateView("CN=kek", "ab12", FixedClock.Now, CertificateRole.RecipientOnly, 3, 2)], 5, 1, 4));

    public Task<Result<RewrapAnswer>> Rewrap(CallContext call)
    {
        LastCall = call;
        return Task.FromResult<Result<RewrapAnswer>>(new RewrapAnswer(
            7, 3, 2, 1, [new RewrapFailure(Contracts.Keys.RingId.Default, ScriptedRings.Kid, "It is damaged.")]));
    }
}
