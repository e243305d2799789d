namespace Tumbler.Silo.Logging;

/// <summary>Loggers that hand on what has passed the redaction. Levels are set for it as for the console.</summary>
[ProviderAlias("Console")]
public sealed class RedactingProvider(ILoggerProvider inner) : ILoggerProvider, ISupportExternalScope
{
    public ILogger CreateLogger(string categoryName) => new RedactingLogger(inner.CreateLogger(categoryName));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) =>
        (inner as ISupportExternalScope)?.SetScopeProvider(new RedactedScopes(scopeProvider));

    public void Dispose() => inner.Dispose();
}
