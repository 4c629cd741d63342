using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.OpenAiImages;

/// <summary>
/// The errors of OpenAI's image interface that concern the prompt, by their codes. Azure has its code in <c>innererror</c> or
/// <c>inner_error</c>, gateways put the original error into fields of their own: codes are searched at any depth.
/// </summary>
internal static partial class OpenAiErrors
{
    private const int MaxDepth = 8;

    // In lower case, without underscores, dashes and spaces: services differ in these.
    private static readonly HashSet<string> RuleCodes = new(StringComparer.Ordinal)
    {
        // OpenAI and Azure OpenAI.
        "moderationblocked", "contentpolicyviolation", "contentfilter", "contentfiltered", "responsibleaipolicyviolation",

        // Gateways, and services with the same interface.
        "contentpolicyviolationerror", "contentmoderation", "contentmoderated", "requestmoderated", "policyviolation", "safetyviolation", "contentblocked", "promptblocked", "unsafecontent",
        "contentpolicy", "contentrejected", "moderationerror", "moderationfailed", "flaggedcontent", "contentflagged", "safety", "safetyerror", "sensitivecontent",
        "nsfw", "nsfwdetected", "nsfwcontent", "nsfwcontentdetected", "imagesafety", "prohibitedcontent", "datainspectionfailed", "inputtextsensitivecontentdetected", "outputimagesensitivecontentdetected",
    };

    private static readonly HashSet<string> LengthCodes = new(StringComparer.Ordinal) { "stringabovemaxlength", "stringtoolong", "prompttoolong", "contextlengthexceeded" };

    // Some gateways put the code, or the original message, into a sentence.
    private static readonly string[] RuleSigns =
    [
        "moderation_blocked", "content_policy_violation", "ContentPolicyViolation", "ResponsibleAIPolicyViolation", "content_filter", "content management policy", "rejected by our safety system",
        "rejected by the safety system", "rejected as a result of our safety system", "rejected by content moderation",
    ];

    /// <summary>Why the service does not paint a prompt; null for an error that does not concern the prompt.</summary>
    /// <param name="body">The error, or an answer without pictures.</param>
    /// <param name="prompt">The prompt that was sent, of which the length is needed.</param>
    public static PaintingRefusal? RefusalOf(JsonNode? body, string model, string prompt)
    {
        if (IsAgainstRules(body))
        {
            return new PaintingRefusal.AgainstRules();
        }

        var message = MessageOf(body);
        var isTooLong = Codes(body).Any(LengthCodes.Contains) || message.Contains("is too long - 'prompt'", StringComparison.Ordinal);
        var parameter = body?["error"] is JsonObject error ? error["param"]?.ToString() : null;
        return isTooLong && (parameter is null or "" or "prompt" or "input")
            ? new PaintingRefusal.TooLong(prompt.Length, LimitIn(message) ?? OpenAiModels.MaxPromptOf(model))
            : null;
    }

    /// <summary>Whether an error, or a picture's own entry, says that a filter was applied.</summary>
    public static bool IsAgainstRules(JsonNode? node) => Codes(node).Any(RuleCodes.Contains) || IsFiltered(node, 0) || RuleSigns.Any(sign => MessageOf(node).Contains(sign, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the service does not take the requested size.</summary>
    public static bool IsOfSize(JsonNode? body) => body?["error"] is JsonObject error && error["param"]?.ToString() == "size";

    private static IEnumerable<string> Codes(JsonNode? node, int depth = 0) => depth > MaxDepth ? [] : node switch
    {
        JsonObject content => content.SelectMany(property =>
            property.Key is "code" or "type" or "reason" or "name" or "status" or "finish_reason" && property.Value is JsonValue value
                ? [Plain(value.ToString())]
                : Codes(property.Value, depth + 1)),
        JsonArray items => items.SelectMany(item => Codes(item, depth + 1)),
        _ => [],
    };

    /// <summary>Azure lists each category with whether it was filtered, in <c>content_filter_result</c> or <c>content_filter_results</c>.</summary>
    private static bool IsFiltered(JsonNode? node, int depth, bool isInside = false) => depth <= MaxDepth && node switch
    {
        JsonObject content => content.Any(property =>
            (isInside && property.Key == "filtered" && property.Value is JsonValue value && value.TryGetValue<bool>(out var isFiltered) && isFiltered)
            || IsFiltered(property.Value, depth + 1, isInside || property.Key is "content_filter_result" or "content_filter_results" or "prompt_filter_results")),
        JsonArray items => items.Any(item => IsFiltered(item, depth + 1, isInside)),
        _ => false,
    };

    private static string MessageOf(JsonNode? node)
    {
        var body = node as JsonObject;
        var error = body?["error"];
        return string.Join(' ', [(error as JsonObject)?["message"]?.ToString(), error is JsonValue ? error.ToString() : null, body?["message"]?.ToString(), body?["detail"]?.ToString()]);
    }

    private static string Plain(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static int? LimitIn(string message) =>
        Limit().Match(message) is { Success: true } match && int.TryParse(match.Groups["limit"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;

    [GeneratedRegex("(maximum length (of |is )?|at most )(?<limit>[0-9]{1,7})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Limit();
}
