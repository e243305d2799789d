namespace Tumbler.Engine.Snapshots;

/// <summary>Who is reading something for the first time, so that news about it that arrive meanwhile are not lost on what was
/// read before them.</summary>
internal sealed class FirstUses<TId> where TId : struct
{
    private readonly Lock gate = new();
    private readonly Dictionary<TId, FirstUse> underway = [];

    public FirstUse Begin(TId id)
    {
        lock (gate)
        {
            if (!underway.TryGetValue(id, out var use))
                underway.Add(id, use = new FirstUse());
            use.Readers++;
            return use;
        }
    }

    public void End(TId id)
    {
        lock (gate)
        {
            if (--underway[id].Readers == 0)
                underway.Remove(id);
        }
    }

    /// <returns>Whether somebody is reading.</returns>
    public bool Hear(TId id)
    {
        lock (gate)
        {
            if (!underway.TryGetValue(id, out var use))
                return false;
            use.News++;
            return true;
        }
    }

    /// <summary>Does it unless there were news since <paramref name="news"/>; none arrive while it is done.</summary>
    public bool IfNoNews(FirstUse use, int news, Action then)
    {
        lock (gate)
        {
            if (use.News != news)
                return false;
            then();
            return true;
        }
    }

    /// <summary>Does it unless somebody is reading; nobody begins while it is done.</summary>
    public bool IfNone(TId id, Func<bool> then)
    {
        lock (gate)
            return !underway.ContainsKey(id) && then();
    }

    internal sealed class FirstUse
    {
        private int news;

        public int Readers { get; set; }

        /// <summary>How often there were any.</summary>
        public int News
        {
            get => Volatile.Read(ref news);
            set => Volatile.Write(ref news, value);
        }
    }
}
