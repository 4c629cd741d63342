using System.Text.Json;
using System.Text.Json.Serialization;
using Personalization.Imagine.Backends;
using Personalization.Styles;

namespace Personalization.Storage.Imagine;

/// <summary>Requests as JSON. Numbers are written so that they are read back bit by bit: equal requests give equal pictures.</summary>
internal static class ImageRequestJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new StyleVectorConverter() },
    };

    public static string Write(ImageRequest request) => JsonSerializer.Serialize(request, Options);

    public static ImageRequest Read(string json) =>
        JsonSerializer.Deserialize<ImageRequest>(json, Options) ?? throw new InvalidDataException("A stored request is null.");

    private sealed class StyleVectorConverter : JsonConverter<StyleVector>
    {
        public override StyleVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<float[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, StyleVector value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var coordinate in value.Coordinates)
            {
                writer.WriteNumberValue(coordinate);
            }

            writer.WriteEndArray();
        }
    }
}
