namespace Tumbler.Stories.Tests.Clients;

/// <summary>A client that was just registered.</summary>
public sealed record NewClient(string ClientId);
