using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Protection;

/// <summary>The certificates that stored private keys are encrypted for, and what depends on them.</summary>
public interface IKeyProtection
{
    /// <summary>Reads every ring.</summary>
    Task<Result<ProtectionView>> Status();

    /// <summary>Encrypts every stored private key for the recipients of now, where it is not. What can't be opened stays as
    /// it is and is reported. May be repeated, and goes on where it was interrupted.</summary>
    Task<Result<RewrapAnswer>> Rewrap(CallContext call);
}
