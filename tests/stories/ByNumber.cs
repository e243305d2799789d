using Xunit.Sdk;
using Xunit.v3;

namespace Tumbler.Stories.Tests;

/// <summary>Stories begin with their number, and each is a collection named after its class; what has no number comes first.</summary>
public sealed class ByNumber : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections
            .OrderBy(collection => collection.TestCollectionDisplayName.Contains(".S", StringComparison.Ordinal))
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
