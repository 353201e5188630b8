import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { Navigate, useSearchParams } from "react-router";

import { errorSentence } from "@/api/client";
import { signIn } from "@/api/session";
import { useScheme } from "@/app/useScheme";
import { Mark } from "@/ui/Mark";

import { changeSession } from "./changeSession";
import { SampleDrawing } from "./SampleDrawing";
import styles from "./SignInScreen.module.css";
import { useSession } from "./useSession";

export function SignInScreen() {
  const [search] = useSearchParams();
  const session = useSession();
  const { scheme, switchScheme } = useScheme();
  if (session.data?.user) return <Navigate to={safePlace(search.get("next"))} replace />;
  return (
    <div className={styles.layout}>
      <title>Sign in · Stackdraft</title>
      <main className={styles.side}>
        <span className={styles.brand}>
          <Mark size={24} />
          Stackdraft
        </span>
        <SignInForm />
        <footer className={styles.foot}>
          <span>New here? Whoever runs this Stackdraft makes accounts.</span>
          <Button
            variant="subtle"
            size="xs"
            leftSection={scheme === "dark" ? <IconMoon size={14} stroke={1.75} /> : <IconSun size={14} stroke={1.75} />}
            onClick={switchScheme}
            aria-label={scheme === "dark" ? "Use light colours" : "Use dark colours"}
          >
            {scheme === "dark" ? "Dark" : "Light"}
          </Button>
        </footer>
      </main>
      <div className={styles.picture} aria-hidden="true">
        <SampleDrawing />
      </div>
    </div>
  );
}

function SignInForm() {
  const queryClient = useQueryClient();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const passwordField = useRef<HTMLInputElement>(null);
  const enter = useMutation({
    mutationFn: () => signIn(username.trim(), password),
    onSuccess: (session) => changeSession(queryClient, session),
    onError: () => {
      passwordField.current?.focus();
      passwordField.current?.select();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-labelledby="sign-in-title">
      <h1 id="sign-in-title" className={styles.title}>
        Sign in
      </h1>
      <p className={styles.lead}>Draw it, price it, deploy it.</p>
      <TextInput
        label="User name"
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        data-autofocus
      />
      <PasswordInput
        ref={passwordField}
        label="Password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="current-password"
        required
        withAsterisk={false}
        error={enter.isError && errorSentence(enter.error)}
        errorProps={{ role: "alert" }}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      <Button type="submit" variant="filled" fullWidth className={styles.submit} loading={enter.isPending}>
        Sign in
      </Button>
    </form>
  );
}

/** Only places of our own: an address in a link must not send people elsewhere. */
export function safePlace(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/designs";
}
