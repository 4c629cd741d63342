using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Personalization.Tests;

/// <summary>Which types of an assembly use which others of it: in signatures, attributes, fields and the code of methods.</summary>
internal static class TypeUses
{
    /// <summary>Every use of a type in another namespace, by full name. Nested and compiler-generated types count as the type around them.</summary>
    public static IEnumerable<(TypeDefinition User, TypeDefinition Used)> In(ModuleDefinition module) =>
        from type in module.GetTypes()
        from reference in ReferencesOf(type).SelectMany(Parts).Distinct()
        where reference.Scope == module
        let user = Outermost(type)
        let used = Outermost(reference.Resolve())
        where user != used
        select (user, used);

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private static IEnumerable<TypeReference?> ReferencesOf(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Properties.Select(property => property.PropertyType),
        .. AttributesOf(type),
        .. type.Fields.SelectMany(AttributesOf),
        .. type.Properties.SelectMany(AttributesOf),
        .. type.Methods.SelectMany(ReferencesOf),
    ];

    private static IEnumerable<TypeReference?> ReferencesOf(MethodDefinition method) =>
    [
        .. SignatureOf(method),
        .. AttributesOf(method),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. method.Body?.Variables.Select(variable => variable.VariableType) ?? [],
        .. method.Body?.ExceptionHandlers.Select(handler => handler.CatchType) ?? [],
        .. method.Body?.Instructions.SelectMany(ReferencesOf) ?? [],
    ];

    private static IEnumerable<TypeReference?> ReferencesOf(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. method.GenericArguments, .. SignatureOf(method)],
        MethodReference method => SignatureOf(method),
        _ => [],
    };

    private static IEnumerable<TypeReference?> SignatureOf(MethodReference method) =>
        [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)];

    private static IEnumerable<TypeReference?> AttributesOf(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => (IEnumerable<TypeReference?>)
        [
            attribute.AttributeType,
            .. attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>(),
        ]);

    /// <summary>A type and what it is built of: the element of an array, the arguments of a generic type.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        RequiredModifierType modified => Parts(modified.ModifierType).Concat(Parts(modified.ElementType)),
        TypeSpecification specified => Parts(specified.ElementType),
        _ => [type],
    };
}
