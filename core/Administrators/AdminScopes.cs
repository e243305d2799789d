using Tumbler.Contracts.Calls;

namespace Tumbler.Core.Administrators;

/// <summary>Scopes that make whoever holds a token with them an administrator of this installation. Everything under their
/// prefix is granted by owners alone, names that mean nothing yet included: they may mean something after an upgrade.</summary>
public static class AdminScopes
{
    public const string Prefix = "tumbler:";
    public const string Auditor = "tumbler:auditor";
    public const string Operator = "tumbler:operator";
    public const string Owner = "tumbler:owner";

    /// <param name="has">Whether a token carries a scope, compared letter by letter (RFC 6749 §3.3).</param>
    public static AdminRoles RolesOf(Func<string, bool> has) =>
        (has(Auditor) ? AdminRoles.Auditor : AdminRoles.None)
        | (has(Operator) ? AdminRoles.Operator : AdminRoles.None)
        | (has(Owner) ? AdminRoles.Owner : AdminRoles.None);

    public static bool AnyOf(IEnumerable<string> scopes) => scopes.Any(IsOne);

    /// <summary>Null when somebody who is no owner may grant all of these.</summary>
    /// <param name="field">The list's name in the request.</param>
    public static Refusal? WhyNotGranted(string field, IEnumerable<string> scopes)
    {
        FieldError[] errors =
        [
            .. scopes.Index().Where(each => IsOne(each.Item)).Select(each => new FieldError(
                $"{field}[{each.Index}]", "owner_only", $"{field}[{each.Index}] begins with {Prefix}; only an owner may grant such a scope.")),
        ];
        return errors.Length == 0 ? null : new Refusal(ErrorCode.Forbidden, string.Join(" ", errors.Select(error => error.Message)), errors);
    }

    public static Refusal OwnersAlone(string message) => new(ErrorCode.Forbidden, message);

    private static bool IsOne(string scope) => scope.StartsWith(Prefix, StringComparison.Ordinal);
}
