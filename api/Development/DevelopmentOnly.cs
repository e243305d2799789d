namespace Tumbler.Api.Development;

/// <summary>Marks an endpoint that must not exist in production.</summary>
public sealed record DevelopmentOnly;
