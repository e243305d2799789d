namespace Tumbler.Silo.Logging;

/// <summary>The scopes that everybody shares, as the redaction lets them be seen.</summary>
internal sealed class RedactedScopes(IExternalScopeProvider inner) : IExternalScopeProvider
{
    public void ForEachScope<TState>(Action<object?, TState> callback, TState state) =>
        inner.ForEachScope(
            static (scope, outer) => outer.callback(scope is null ? null : RedactedState.Of(scope), outer.state), (callback, state));

    public IDisposable Push(object? state) => inner.Push(state);
}
