using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Requests;

internal static class QueryParameters
{
    public static readonly string[] Paging = ["cursor", "limit"];

    /// <summary>A misspelt filter must not answer a question that nobody asked: only known parameters, each once.</summary>
    public static void CheckParameters(this InputCheck check, IQueryCollection query, IReadOnlyList<string> known)
    {
        foreach (var (name, values) in query)
        {
            var shown = ShownName.Of(name);
            if (!known.Contains(name, StringComparer.Ordinal))
                check.Add(shown, "unknown_parameter", $"{shown} is no parameter of this address.");
            else if (values.Count > 1)
                check.Add(shown, "duplicate_parameter", $"{shown} is given twice.");
        }
    }

    public static PageRequest PageRequest(this InputCheck check, IQueryCollection query)
    {
        var limit = Contracts.Paging.PageRequest.DefaultLimit;
        if (query["limit"] is [{ } text]
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit is >= 1 and <= Contracts.Paging.PageRequest.MaxLimit))
        {
            check.Add("limit", "limit", $"limit must be a whole number from 1 to {Contracts.Paging.PageRequest.MaxLimit}.");
        }

        return new PageRequest(query["cursor"] is [{ } cursor] ? cursor : null, limit);
    }
}
