using Tumbler.Contracts.Tokens;

namespace Tumbler.Grains.Tokens;

/// <summary>The revoked tokens of one ring, owned by one silo. Keyed by the ring's id.</summary>
public interface ITokenRevocationsGrain : ITokenRevocations, IGrainWithStringKey;
