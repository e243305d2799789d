using Tumbler.Core.Audit;

namespace Tumbler.Core;

/// <summary>What a request comes to: the state afterwards, what the audit log says about it, and the answer.
/// No audit drafts together with the state as it was means that there is nothing to save.</summary>
public sealed record Decision<TState, TAnswer>(TState Next, IReadOnlyList<AuditDraft> Audit, TAnswer Answer)
{
    /// <summary>The same decision, answered in other words.</summary>
    public Decision<TState, TOther> Answering<TOther>(Func<TAnswer, TOther> map) => new(Next, Audit, map(Answer));
}
