using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Grains.Organizations;

/// <summary>One organisation with its API keys and clients, owned by one silo. Keyed by its slug.</summary>
public interface IOrganizationGrain : IOrganizations, IApiKeys, IClients, IGrainWithStringKey;
