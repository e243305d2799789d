namespace Tumbler.Api.Development;

/// <summary>An endpoint of development is registered in a production start.</summary>
public sealed class DevelopmentEndpointException(string path)
    : Exception($"The endpoint {path} is for development only and must not be registered in production.");
