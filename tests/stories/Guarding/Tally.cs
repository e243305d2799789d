using System.Net;

namespace Tumbler.Stories.Tests.Guarding;

/// <summary>What callers met. A wrong answer is kept with what makes it wrong.</summary>
internal sealed class Tally
{
    private const int Kept = 20;

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly List<string> falseRejects = [];
    private readonly List<string> falseAccepts = [];

    public int Count(string what)
    {
        lock (gate)
            return counts.GetValueOrDefault(what);
    }

    /// <summary>How many sorts of requests were answered like this at least once.</summary>
    public int Kinds(HttpStatusCode answer)
    {
        lock (gate)
            return counts.Keys.Count(what => what.EndsWith($": {answer}", StringComparison.Ordinal));
    }

    public void Add(string what)
    {
        lock (gate)
            counts[what] = counts.GetValueOrDefault(what) + 1;
    }

    /// <param name="what">What was sent.</param>
    /// <param name="good">What the answer is when the guard lets it through.</param>
    /// <param name="refusal">What it is when not.</param>
    public void Judge(string what, Expectation expected, HttpStatusCode answer, string circumstances, HttpStatusCode good = HttpStatusCode.OK, HttpStatusCode refusal = HttpStatusCode.Unauthorized)
    {
        Add($"{what}: {answer}");
        if (expected == Expectation.Accepted && answer != good)
            Keep(falseRejects, $"{what} was answered {(int)answer}: {circumstances}");
        if (expected == Expectation.Refused && answer != refusal)
            Keep(falseAccepts, $"{what} was answered {(int)answer}: {circumstances}");
    }

    public void Wrong(string what) => Keep(falseRejects, what);

    public void AssertFair()
    {
        lock (gate)
        {
            Assert.Empty(falseRejects);
            Assert.Empty(falseAccepts);
        }
    }

    public override string ToString()
    {
        lock (gate)
            return string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
    }

    private void Keep(List<string> list, string text)
    {
        lock (gate)
        {
            if (list.Count < Kept)
                list.Add(text);
        }
    }
}
