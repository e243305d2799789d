using Microsoft.AspNetCore.Http;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Api.Audit;

/// <summary>The audit query's parameters, named and written like the members of the entries they select.</summary>
internal static class AuditFilters
{
    public static readonly string[] Parameters =
        ["action", "resource_type", "resource_id", "actor", "status", "from", "until", .. QueryParameters.Paging];

    public static AuditQuery Read(InputCheck check, HttpRequest request)
    {
        var query = request.Query;
        return new AuditQuery(
            request.RouteValues["org"] is string org ? OrgSlug.Parse(org) : null,
            OneOf<AuditAction>(check, query, "action"),
            OneOf<AuditResource>(check, query, "resource_type"),
            Text(check, query, "resource_id"),
            Text(check, query, "actor"),
            OneOf<AuditStatus>(check, query, "status"),
            check.Time("from", One(query, "from")),
            check.Time("until", One(query, "until")),
            check.PageRequest(query));
    }

    private static string? One(IQueryCollection query, string name) => query[name] is [{ } value] ? value : null;

    /// <summary>Any that may stand in an entry; PostgreSQL takes no NUL.</summary>
    private static string? Text(InputCheck check, IQueryCollection query, string name)
    {
        var text = One(query, name);
        if (text is not null && text.Any(char.IsControl))
            check.Add(name, "text", $"{name} must be without control characters.");
        return text;
    }

    private static T? OneOf<T>(InputCheck check, IQueryCollection query, string name) where T : struct, Enum
    {
        if (One(query, name) is not { } text)
            return null;
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Names.UpperSnakeCase(candidate) == text)
                return candidate;
        }

        check.Add(name, "one_of", $"{name} must be one of {string.Join(", ", Enum.GetValues<T>().Select(Names.UpperSnakeCase))}.");
        return null;
    }
}
