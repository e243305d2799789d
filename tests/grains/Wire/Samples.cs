using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Limits;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Grains.Tests.Wire;

/// <summary>Values of any type that travels, with something in every member, and one with as little as can be.</summary>
internal static class Samples
{
    private static readonly Dictionary<Type, object> Known = new()
    {
        [typeof(string)] = "Grüße \u0000\uD83D\uDE00 \"quoted\"",
        [typeof(int)] = int.MinValue,
        [typeof(long)] = long.MaxValue,
        [typeof(double)] = -0.1,
        [typeof(bool)] = true,
        [typeof(Guid)] = new Guid("0f5b1c1e-7c06-4c53-9b7e-5b2f0a3f9b11"),
        [typeof(DateTimeOffset)] = new DateTimeOffset(2031, 2, 3, 4, 5, 6, 789, TimeSpan.Zero),
        [typeof(TimeSpan)] = new TimeSpan(1, 2, 3, 4, 5),
        [typeof(RingId)] = RingId.Parse("ring-1"),
        [typeof(Kid)] = new Kid(new Guid("7d3f1c1e-7c06-4c53-9b7e-5b2f0a3f9b22")),
        [typeof(OrgSlug)] = OrgSlug.Parse("acme"),
        [typeof(ApiKeyId)] = new ApiKeyId(new Guid("3a3f1c1e-7c06-4c53-9b7e-5b2f0a3f9b33")),
        [typeof(QuotaId)] = new QuotaId("admin", "acme"),
        [typeof(QuotaRule)] = new QuotaRule(100, TimeSpan.FromMinutes(1)),
        [typeof(ClientId)] = ClientId.Parse("acme_client_0123456789abcdefghij"),
        [typeof(JsonElement)] = JsonElement.Parse("""{"a":[1,"x"]}"""),
        [typeof(JsonObject)] = new JsonObject { ["a"] = 1 },
    };

    public static IEnumerable<object> Of(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Result<>))
            return OfResult(type);
        return Known.ContainsKey(type) || type.IsEnum ? [Full(type)] : [Full(type), Bare(type)];
    }

    private static IEnumerable<object> OfResult(Type type)
    {
        var full = type.GetMethods().Single(method => method.Name == "op_Implicit" && method.GetParameters()[0].ParameterType != typeof(Refusal))
            .Invoke(null, [Full(type.GetGenericArguments()[0])])!;
        var refused = type.GetMethods().Single(method => method.Name == "op_Implicit" && method.GetParameters()[0].ParameterType == typeof(Refusal))
            .Invoke(null, [Full(typeof(Refusal))])!;
        var spread = type.GetMethod("With")!.Invoke(full, [Full(typeof(Spread))])!;
        return [full, refused, spread];
    }

    private static object Full(Type type)
    {
        if (Known.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out var known))
            return known;
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().Last();
        if (type.IsGenericType && type.GetGenericArguments() is [var element] && type.IsAssignableFrom(element.MakeArrayType()))
        {
            var two = Array.CreateInstance(element, 2);
            two.SetValue(Full(element), 0);
            two.SetValue(Full(element), 1);
            return two;
        }

        return Make(type, parameter => Full(parameter.ParameterType));
    }

    /// <summary>Null wherever it may be.</summary>
    private static object Bare(Type type) => Make(type, parameter =>
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable ? null : Full(parameter.ParameterType));

    private static object Make(Type type, Func<ParameterInfo, object?> value)
    {
        var constructor = type.GetConstructors().MaxBy(each => each.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(value)]);
    }
}
