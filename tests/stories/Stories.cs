using Tumbler.Stories.Tests;

// One after the other and in the order of their numbers: they measure times, and the last one reads what all left behind.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer(typeof(ByNumber))]
[assembly: AssemblyFixture(typeof(StoryRun))]
