using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Sdk;
using Xunit.v3;

namespace Tumbler.Stories.Tests;

/// <summary>Stories begin with their number, and each is a collection named after its class; what has no number comes first.</summary>
public sealed partial class ByNumber : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections
            .OrderBy(collection => NumberOf(collection.TestCollectionDisplayName))
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int NumberOf(string name) =>
        Number().Match(name) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex(@"\.S([0-9]+)_")]
    private static partial Regex Number();
}
